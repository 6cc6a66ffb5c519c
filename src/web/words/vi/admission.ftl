admission-title = Cách tham gia và hạn mức
admission-intro = Chọn trước khi mở đợt; đợt đã mở thì không đổi được, để ai cũng theo cùng một cách.
admission-settled = Đợt đã mở nên cách tham gia và hạn mức không đổi được nữa.
admission-access = Ai trả lời được
admission-access-wrong = Xin chọn một trong hai cách.
admission-open = Ai có mã QR hoặc đường dẫn đều trả lời được
admission-open-text = Đơn giản nhất. Ghi kèm “không đại diện” khi công bố.
admission-codes = Mỗi gia đình, hoặc mỗi người được hỏi, một mã dùng một lần
admission-codes-text = Phát phiếu giấy có mã; mỗi mã gửi được một phiếu. Không biết được mã nào gửi phiếu nào.
said-admission = Đã lưu cách tham gia và hạn mức.
admission-schools = Các trường
limits-title = Hạn mức
limits-text = Nhiều nhất bao nhiêu phiếu được tính. Để trống: không giới hạn. Phiếu đã rút lại không tính vào hạn mức.
limits-unit = Mỗi trường nhận nhiều nhất
limits-wrong = Xin ghi một số từ 1 trở lên, hoặc để trống.
limits-left = Hạn mức
limits-still = còn nhận { $left }
limits-full = đã đủ
limits-any = không giới hạn
limits-strata = Theo nhóm
limits-strata-text = Cả đợt nhận nhiều nhất bao nhiêu phiếu của mỗi nhóm, tính chung mọi trường.
limits-group = Nhóm
limits-no-group = Không rõ nhóm
limits-group-hint = Các nhóm của trường đang chọn. Chọn trường khác rồi bấm Thử thì thấy nhóm của trường ấy.
limits-trial = Thử một phiếu
limits-trial-text = Xem một phiếu gửi lúc này sẽ được nhận hay không. Không có gì được tính.
limits-trial-text-later = Xem một phiếu gửi khi đợt mở sẽ được nhận hay không. Không có gì được tính.
limits-already = Giả sử đã có bao nhiêu phiếu
limits-already-hint = Không bắt buộc. Ghi số phiếu giả sử đã nhận của trường và của nhóm, để xem khi đủ hạn mức thì ra sao.
limits-try = Thử
limits-trial-left = { $when ->
    [later] Khi đợt mở, { $about }: được nhận, còn { $left } phiếu.
    [assumed] Nếu đã có { $already } phiếu, { $about }: được nhận, còn { $left } phiếu.
   *[now] { $about }: được nhận, còn { $left } phiếu.
 }
limits-trial-full = { $when ->
    [later] Khi đợt mở, { $about }: đã đủ, người trả lời thấy trang “Đã đủ số phiếu”.
    [assumed] Nếu đã có { $already } phiếu, { $about }: đã đủ, người trả lời thấy trang “Đã đủ số phiếu”.
   *[now] { $about }: đã đủ, người trả lời thấy trang “Đã đủ số phiếu”.
 }
limits-trial-any = { $when ->
    [later] Khi đợt mở, { $about }: được nhận, không giới hạn.
    [assumed] Nếu đã có { $already } phiếu, { $about }: được nhận, không giới hạn.
   *[now] { $about }: được nhận, không giới hạn.
 }
limits-trial-no-school = Không tìm thấy trường này trong đợt. Xin chọn lại.
limits-trial-no-pair = { $school } không có nhóm vừa chọn. Xin chọn một nhóm của trường này rồi bấm Thử.
limits-trial-wrong-number = Xin ghi số phiếu giả sử từ 0 trở lên, hoặc để trống.
slips-title = Phiếu mã dùng một lần
slips-make = Tạo mã dùng một lần
slips-before = Mã chỉ hiện một lần để in: hệ thống không giữ mã, chỉ giữ dấu kiểm tra. Đóng trang trước khi in thì phải tạo mã khác; mã đã tạo mà không phát thì coi như bỏ.
slips-each = Mỗi trường của đợt
slips-how-many = Số mã cho mỗi trường
slips-sure = Tôi sẽ in ngay; mỗi gia đình, hoặc mỗi người được hỏi, chỉ nhận một phiếu và không ai ghi lại ai nhận mã nào.
slips-not-sure = Xin đánh dấu là sẽ in ngay.
slips-make-now = Tạo mã và mở trang in
slips-open = Đợt này ai cũng tham gia được, nên không dùng mã. Chọn cách tham gia bằng mã và lưu trước.
slips-number = Xin ghi số mã từ 1; mỗi lần in nhiều nhất { $most } mã, tính cả mọi trường.
slips-made-already = Mã đã được tạo từ lúc trang này mở ra: đợt nay có { $issued } mã. Tờ nào chưa kịp in thì mã trên đó coi như bỏ. Muốn tạo thêm, xin đánh dấu và bấm lần nữa.
slips-school = Trường này không có trong đợt, hoặc chưa có mã QR.
slips-used = Mã đã dùng / đã tạo
slips-once = Trang này không mở lại được. Xin in ngay, hoặc lưu thành tệp PDF ở nơi chỉ mình anh/chị mở được.
slips-how = Cắt theo đường kẻ, xáo lại, cho vào hộp để người trả lời tự lấy. Thứ tự trên giấy đã được xáo sẵn.
slips-count = { $shown } phiếu mã
slips-qr = Mã QR mở phiếu khảo sát kèm mã này
slips-line = Quét mã QR, hoặc mở { $address } rồi gõ mã. Hạn: { $closes }.
slips-unlinked = Mỗi mã gửi một phiếu. Không ai biết mã nào gửi phiếu nào.
pressure-title = Người trả lời báo bị yêu cầu chọn mức
pressure-text = Số người đã đánh dấu “tôi được yêu cầu chọn mức nào” ở cuối phiếu. Chỉ cơ quan chủ trì thấy con số này; không biết phiếu nào, trường không thấy. Ai cũng đánh dấu được, nên đây là dấu hiệu để hỏi thêm, không phải bằng chứng.
pressure-none = Chưa có ai báo.
pressure-n = Số người báo
