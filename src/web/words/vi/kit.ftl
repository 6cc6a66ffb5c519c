# Bộ in và chia sẻ của một đợt: tờ dán, thư, phiếu giấy, tờ bìa

kit-title = Bộ in và chia sẻ
kit-intro = Tờ dán, thư ngỏ, phiếu giấy của đợt: chọn nơi cần in, rồi tải một tệp PDF chung hoặc mỗi trường một tệp.
kit-for-whom = In cho trường nào
kit-choose = Chọn
kit-chosen = { $shown } mã được chọn
kit-language = Ngôn ngữ
kit-papers = Các loại giấy
kit-paper = Loại
kit-zip = ZIP, mỗi trường một tệp
kit-too-many = Mỗi tệp nhiều nhất { $most } trường. Xin chọn theo phường, xã, rồi tải từng phần.
kit-ap-phich-a4 = Áp phích A4
kit-ap-phich-a4-text = Dán ở cổng trường, bảng tin: mã QR lớn, địa chỉ và mã bằng chữ, hạn nhận phiếu.
kit-ap-phich-a5 = Áp phích A5, hai tờ trên một trang A4
kit-ap-phich-a5-text = Cắt đôi theo vạch; để ở bàn tiếp khách, phòng học, quầy một cửa.
kit-thu = Thư ngỏ
kit-thu-text = Gửi người được mời trả lời: ai hỏi, vì sao, mất bao lâu, đến khi nào, hỏi ai khi cần; có mã QR.
kit-phieu-giay = Phiếu giấy
kit-phieu-giay-text = Bản in của phiếu trên mạng, cùng mã câu, cho người không dùng điện thoại. Khổ A4, in hai mặt được.
kit-to-bia = Tờ bìa lô phiếu giấy
kit-to-bia-text = Đặt trên mỗi lô phiếu thu về: đơn vị, kênh, ngày, số phiếu phát ra, thu về, hợp lệ, niêm phong.
kit-more = Gửi qua điện thoại
kit-messages = Lời mời Zalo và tin nhắn SMS
kit-messages-codes = Lời mời Zalo
kit-messages-text = Lời mời có sẵn của từng trường để chép.
kit-messages-sms = Tin SMS không dấu, không quá 160 ký tự.
kit-picture = Ảnh áp phích để gửi Zalo (PNG)
kit-picture-text = Ảnh có mã QR của trường này, gửi kèm lời mời trong nhóm lớp.
kit-codes = Phiếu mã dùng một lần
kit-codes-text = Tạo mã và tải tờ mã để cắt, theo trường hoặc theo lớp.
kit-browser = Xem tờ dán trên trình duyệt
kit-browser-text = Các tờ A4 như khi in từ trình duyệt.
links-picture = Ảnh Zalo
poster-slip-short = Cần mã dùng một lần trên phiếu mã đã phát.

letter-dated = Ngày …… tháng …… năm ……
letter-title = { $whom ->
    [phu_huynh] THƯ GỬI CHA MẸ, NGƯỜI NUÔI DƯỠNG
    [hoc_sinh] THƯ GỬI CÁC EM HỌC SINH
    [hoc_vien] THƯ GỬI CÁC HỌC VIÊN
    [can_bo] THƯ GỬI CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN
   *[other] THƯ NGỎ
}
letter-subject = Về việc: { $round }
letter-to-phu_huynh = Kính gửi: Cha mẹ, người nuôi dưỡng các cháu đang học tại { $unit }
letter-to-hoc_sinh = Gửi các em học sinh đang học tại { $unit }
letter-to-hoc_vien = Kính gửi: Các anh/chị học viên { $unit }
letter-to-can_bo = Kính gửi: Cán bộ, giáo viên, nhân viên { $unit }
letter-to-nhan_dan = Kính gửi: Bà con nhân dân
letter-to-nobody-else = Kính gửi: Cha mẹ, thầy, cô và các em được hỏi ý kiến về { $unit }
letter-why = { $whom ->
    [phu_huynh] { $owner } tổ chức “{ $round }” và mời ông/bà, anh/chị cho ý kiến về { $unit }.
    [hoc_sinh] { $owner } tổ chức “{ $round }” và muốn nghe ý kiến của các em về { $unit }.
    [hoc_vien] { $owner } tổ chức “{ $round }” và mời các anh/chị học viên cho ý kiến về { $unit }.
    [can_bo] { $owner } tổ chức “{ $round }” và mời thầy, cô và các anh/chị cho ý kiến về { $unit }.
    [nhan_dan] { $owner } tổ chức “{ $round }” và mời ông/bà, anh/chị góp ý.
   *[other] { $owner } tổ chức “{ $round }” và mời ông/bà, anh/chị, thầy, cô và các em được hỏi cho ý kiến về { $unit }.
}
letter-anonymous = { $whom ->
    [phu_huynh] Việc trả lời là tự nguyện, mất khoảng { $minutes } phút. Phiếu không hỏi tên, không lưu số điện thoại hay địa chỉ mạng; ý kiến được tổng hợp chung, không ai ở trường xem được từng phiếu. Dù trả lời thế nào, hay không trả lời, cũng không ảnh hưởng đến con, cháu. Không ai được yêu cầu trả lời theo ý người khác, hay đòi xem phiếu.
    [hoc_sinh] Trả lời hay không là tùy em, mất khoảng { $minutes } phút; câu nào không muốn trả lời thì em bỏ qua. Phiếu không hỏi tên, không lưu số điện thoại hay địa chỉ mạng; ý kiến được tổng hợp chung, không ai ở trường xem được từng phiếu. Dù em trả lời thế nào, hay không trả lời, cũng không ảnh hưởng đến việc học và đánh giá. Không ai được bảo em phải chọn câu nào, hay đòi xem phiếu của em.
    [hoc_vien] Việc trả lời là tự nguyện, mất khoảng { $minutes } phút. Phiếu không hỏi tên, không lưu số điện thoại hay địa chỉ mạng; ý kiến được tổng hợp chung, không ai ở trung tâm xem được từng phiếu. Dù trả lời thế nào, hay không trả lời, cũng không ảnh hưởng đến việc học. Không ai được yêu cầu trả lời theo ý người khác, hay đòi xem phiếu.
    [can_bo] Việc trả lời là tự nguyện, mất khoảng { $minutes } phút. Phiếu không hỏi tên, không lưu số điện thoại hay địa chỉ mạng; ý kiến được tổng hợp chung, không ai ở trường xem được từng phiếu. Dù trả lời thế nào, hay không trả lời, cũng không ảnh hưởng đến việc làm hay đánh giá của ai. Không ai được yêu cầu trả lời theo ý người khác, hay đòi xem phiếu.
   *[other] Việc trả lời là tự nguyện, mất khoảng { $minutes } phút. Phiếu không hỏi tên, không lưu số điện thoại hay địa chỉ mạng; ý kiến được tổng hợp chung, không công bố riêng phiếu nào. Dù trả lời thế nào, hay không trả lời, cũng không ảnh hưởng đến ai. Không ai được yêu cầu trả lời theo ý người khác, hay đòi xem phiếu.
}
letter-until = Phiếu được nhận đến { $closes }.
letter-paper = { $whom ->
    [hoc_sinh] Em nào không có điện thoại thông minh có thể trả lời trên phiếu giấy tại trường.
    [nhan_dan] Ai không dùng điện thoại thông minh có thể xin phiếu giấy ở nơi phát thư này.
   *[other] Ai không dùng điện thoại thông minh có thể xin phiếu giấy tại nơi phát thư này.
}
letter-codes = { $whom ->
    [phu_huynh] Kèm thư này là phiếu mã dùng một lần: mỗi gia đình bốc một phiếu, không ai ghi lại ai nhận mã nào.
    [hoc_sinh] Kèm thư này là phiếu mã dùng một lần: mỗi em bốc một phiếu, không ai ghi lại em nào nhận mã nào.
   *[other] Kèm thư này là phiếu mã dùng một lần: mỗi người bốc một phiếu, không ai ghi lại ai nhận mã nào.
}
letter-results = Kết quả chung và những việc sẽ làm được công bố chậm nhất ngày { $day }.
letter-contact = { $whom ->
    [hoc_sinh] Cần hỏi thêm, em liên hệ: { $contact }.
   *[other] Cần hỏi thêm, xin liên hệ: { $contact }.
}
letter-or = hoặc mở địa chỉ
letter-ending = { $whom ->
    [hoc_sinh] Cảm ơn các em.
   *[other] Trân trọng cảm ơn.
}

cover-title = TỜ BÌA LÔ PHIẾU GIẤY
cover-unit = Đơn vị
cover-channel = Kênh thu
cover-form = Mẫu phiếu
cover-batch = Lô số (phần mềm cấp)
cover-day = Ngày thu
cover-seal = Hộp niêm phong, số
cover-handed-out = Số phiếu phát ra
cover-returned = Số phiếu thu về
cover-valid = Số phiếu hợp lệ
cover-rule-count = Mở hộp trước mặt ít nhất hai người; đếm phiếu rồi ghi ba con số trên.
cover-rule-number = Ghi số lô và đánh số từng phiếu từ 1 vào ô “Dành cho cán bộ nhập phiếu”.
cover-rule-valid = Phiếu hợp lệ: có ít nhất một câu trả lời đọc được. Phiếu bỏ trống, phiếu chép y hệt nhau thì để riêng, không tính là hợp lệ.
cover-rule-enter = Người của trường được hỏi ý kiến không mở hộp, không nhập phiếu về trường mình. Nhập xong, giữ phiếu theo lô đến khi công bố kết quả.
cover-gives = Người bàn giao (ký, ghi rõ họ tên)
cover-takes = Người nhận (ký, ghi rõ họ tên)

paper-office = Dành cho cán bộ nhập phiếu
paper-batch-number = Lô số
paper-form-number = Phiếu số
paper-unit = Đơn vị được hỏi ý kiến:
paper-how = Cách trả lời: đánh dấu X vào ô chọn; chọn nhầm thì tô kín ô ấy rồi chọn ô khác. Không ghi tên. Câu có dấu * là câu cần trả lời; câu nào không muốn trả lời thì để trống.
paper-return = Xin bỏ phiếu vào hộp kín hoặc phong bì trước { $closes }.
paper-contact = Cần hỏi thêm: { $contact }.
paper-foot = Mẫu phiếu { $form }, bản { $version }
paper-page = Trang { $page }/{ $pages }
paper-answer-to = (trả lời ở câu { $question })
paper-other = Khác, xin ghi:
paper-tick = Đánh dấu X nếu đồng ý
paper-one = (chọn một)
paper-several = (chọn mọi ý phù hợp)
paper-at-most-several = (chọn nhiều nhất { $max } ý)
paper-order = (ghi số từ 1 đến { $positions } vào ô, 1 là quan trọng nhất)
paper-between = (ghi số từ { $min } đến { $max })
paper-steps = (ghi { $which })
paper-from = (ghi số từ { $min } trở lên)
paper-to = (ghi số không quá { $max })
paper-only-if = Chỉ trả lời nếu { $condition }.
paper-only-if-several = Các câu { $questions }: chỉ trả lời nếu { $condition }.
paper-skip-to = Nếu không, xin chuyển đến câu { $question }.
paper-depends-somehow = Câu này tùy theo câu trả lời ở trên; nếu thấy không hỏi đến mình, xin để trống.
paper-depends = Câu này tùy theo câu trả lời ở { $questions }; nếu thấy không hỏi đến mình, xin để trống.
paper-and = và
paper-or = hoặc
paper-is = câu { $question } chọn { $answer }
paper-is-not = câu { $question } không chọn { $answer }
paper-answered = câu { $question } có trả lời
paper-unanswered = câu { $question } để trống
paper-below = câu { $question } dưới { $number }
paper-at-most = câu { $question } từ { $number } trở xuống
paper-above = câu { $question } trên { $number }
paper-at-least = câu { $question } từ { $number } trở lên

slips-make-pdf = Tạo mã và tải tờ PDF để cắt
slips-classes = Chia theo lớp
slips-classes-hint = Chọn một trường ở trên, rồi ghi mỗi dòng một lớp và số phiếu, ví dụ: 1A1 35. Mỗi lớp bắt đầu ở trang mới, có tên lớp trên phiếu; hệ thống không giữ mã nào của lớp nào.
slips-classes-wrong = Có dòng chưa đúng: mỗi dòng một lớp rồi số phiếu, ví dụ “1A1 35”.
slips-classes-school = Muốn chia theo lớp, xin chọn một trường.
