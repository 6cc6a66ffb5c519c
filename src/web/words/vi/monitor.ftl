# Theo dõi đợt đang mở
monitor-title = Theo dõi
monitor-link = Theo dõi
monitor-still = Số liệu lúc mở trang. Bấm “Tải lại số liệu” để xem số mới nhất.
monitor-live = Số liệu tự cập nhật ngay khi có phiếu mới.
monitor-asking = Số liệu tự cập nhật nửa phút một lần.
monitor-lost = Mất kết nối với máy chủ; đang thử lại. Số dưới đây có thể đã cũ.
monitor-ended = Trang không cập nhật nữa vì phiên làm việc đã hết hoặc quyền xem đã thay đổi. Xin tải lại trang.
monitor-reload = Tải lại số liệu
monitor-today = phiếu hôm nay
monitor-today-short = Hôm nay
monitor-silent = trường chưa có phiếu hoặc im lặng quá 3 ngày
monitor-outlook = Dự kiến đến khi đóng có khoảng { $likely } phiếu (từ { $low } đến { $high }).
monitor-outlook-how = Cách tính: xem { $days } ngày trọn vẹn gần nhất; thời gian còn lại coi như ngày trung bình, ngày ít nhất và ngày nhiều nhất trong số đó.
monitor-outlook-early = Chưa dự kiến được số phiếu khi đóng: cần ít nhất hai ngày trọn vẹn sau ngày mở.
monitor-hours = Hôm nay, theo giờ
monitor-hours-heading = Giờ
monitor-hours-few = Biểu đồ theo giờ hiện ra khi hôm nay có từ { $k } phiếu, để không ai đoán được ai vừa trả lời.
monitor-hour = { $from }–{ $to } giờ
monitor-hour-few = dưới { $n }
monitor-hour-tick = { $hour }h
monitor-days = Theo ngày
monitor-days-heading = Ngày
monitor-table = Xem bảng số liệu
monitor-schools = Các trường, nơi cần chú ý xếp trước
monitor-last = Phiếu gần nhất
monitor-quiet = Im lặng { $shown } ngày
monitor-met = Đạt
monitor-read-at = Số liệu lúc { $time }.
monitor-goal-says = Mức cần đạt của mỗi trường: phiếu của { $goal } học sinh.
monitor-note = Biểu đồ tính cả phiếu về sau được rút lại. Trường chỉ biết mình đạt hay chưa đạt, không thấy số của trường khác; không có số theo lớp.
monitor-goal = Mức cần đạt
monitor-goal-change = Đổi mức cần đạt
monitor-goal-hint = Số phiếu trên 100 học sinh, từ 1 đến 100. Trường thấy mình đạt hay chưa đạt theo mức này.
monitor-goal-wrong = Xin ghi một số nguyên từ 1 đến 100.
monitor-goal-save = Lưu mức cần đạt
monitor-goal-set = Đã đặt mức cần đạt: { $goal }.

# Dấu hiệu
signs-title = Dấu hiệu bất thường
signs-link = Xem các dấu hiệu bất thường khác
signs-lead = Gợi ý để hỏi lại nhà trường một cách thiện chí. Không dấu hiệu nào là bằng chứng; mỗi dấu hiệu ghi rõ cách tính. Chỉ đơn vị chủ trì xem được trang này.
signs-none = Chưa có trường nào có dấu hiệu theo các cách tính dưới đây.
signs-uncompared = { $n } trường nhận quá nửa số phiếu trong cùng một giờ hoặc một ngày, nhưng chưa đủ trường để so sánh nên chưa nói được là khác thường. Chỉ so sánh trường có từ { $forms } phiếu với ít nhất { $others } trường khác cùng cấp cũng từ { $forms } phiếu.
signs-what = Dấu hiệu
signs-rules = Cách tính
signs-told-all = Cả đợt có { $n } người đánh dấu “Tôi được yêu cầu chọn mức nào”.
signs-limits = Phiếu nhận trước khi hệ thống có mục này không được xem là “chọn một mức cho mọi câu” và không tính vào giờ cao điểm.
signs-sealed = Đợt này giữ kín kết quả đến khi đóng, nên hai dấu hiệu về mức điểm chưa hiện ra.
sign-told = { $k } trên { $n } phiếu được người trả lời đánh dấu “Tôi được yêu cầu chọn mức nào”.
sign-alike = { $k } trên { $n } phiếu ({ $share }) chọn cùng một mức cho mọi câu. Ở { $others } trường cùng cấp khác thường thấy { $median }; quá { $limit } là khác hẳn.
sign-best = { $share } số câu chấm điểm là mức cao nhất ({ $k } trên { $n }). Ở { $others } trường cùng cấp khác thường thấy { $median }; quá { $limit } là khác hẳn.
sign-burst = Trong một giờ nhận { $k } trên { $n } phiếu của trường. Có thể là một buổi họp phụ huynh.
sign-rule-told = Được yêu cầu: từ { $least } phiếu và từ { $share } % số phiếu của trường được người trả lời đánh dấu.
sign-rule-alike = Một mức cho mọi câu: khác hẳn các trường cùng cấp – tỷ lệ phiếu chọn cùng một mức cho mọi câu cao hơn mức thường thấy ở các trường ấy ít nhất { $distance } điểm phần trăm, và cao hơn nhiều so với chênh lệch thường có giữa các trường với nhau. Chỉ xét phiếu có từ 10 câu chấm điểm, trường có từ { $forms } phiếu, khi có ít nhất { $others } trường khác để so.
sign-rule-best = Điểm cao nhất: khác hẳn các trường cùng cấp – tỷ lệ câu chấm điểm ở mức cao nhất vượt các trường ấy, theo cùng cách so như trên.
sign-formula-title = Công thức, dành cho người làm thống kê
sign-formula = Ngưỡng = trung vị của các trường cùng cấp khác + max({ $distance } điểm phần trăm; 3 × 1,4826 × độ lệch tuyệt đối trung vị). Với phân phối chuẩn, 1,4826 × độ lệch tuyệt đối trung vị chính là độ lệch chuẩn; dùng trung vị thì vài trường khác thường không kéo lệch ngưỡng.
sign-rule-burst = Dồn vào một giờ: một giờ có từ { $least } phiếu và quá nửa số phiếu của trường, và khác hẳn các trường cùng cấp; không đủ trường để so thì không nêu. Hệ thống chỉ nhớ con số lớn nhất, không nhớ giờ nào.

# Trang của trường
desk-school = Trường của tôi
school-lead = Các đợt đang hỏi người dân về trường, tính đến hết ngày { $day }.
school-none = Hiện không có đợt lấy ý kiến nào hỏi về trường.
school-until = Nhận phiếu đến { $at }
school-closed = Đã đóng { $at }
school-goal = { $goal } học sinh
school-state = Kết quả
school-met = Đạt
school-not-counted = Chưa tính: số liệu tính đến hết ngày hôm trước
school-not-met = Chưa đạt
school-unknown = Đợt này không tính tỷ lệ
school-note = “Đạt” nghĩa là đã có đủ số phiếu so với số học sinh, không nói gì về nội dung trả lời. Trả lời là tự nguyện: xin không hỏi ai đã trả lời hay chưa, không thu ảnh chụp màn hình, không so sánh các lớp.

# Nhắc đầu mối các trường
remind-link = Nhắc các trường im lặng
remind-title = Nhắc các trường
remind-lead = Gửi thư cho đầu mối các trường chưa có phiếu hoặc im lặng quá 3 ngày. Mỗi trường được nhắc nhiều nhất một lần mỗi ngày.
remind-none = Không có trường nào im lặng. Chưa cần nhắc ai.
remind-whom = Nhắc những trường này
remind-today = hôm nay đã nhắc
remind-no-mail = chưa có địa chỉ thư điện tử: xin chép tin nhắn bên dưới
remind-to = gửi { $names }
remind-preview = Xem trước thư
remind-send = Gửi thư nhắc
remind-copy = Tin nhắn cho trường chưa có thư điện tử
remind-copy-hint = Chép rồi gửi qua Zalo, hoặc in ra. Địa chỉ thư của đầu mối ghi ở mục Nhân sự.
remind-not-open = Đợt không nhận phiếu lúc này nên không nhắc ai.
remind-nobody = Chưa gửi thư nào: các trường đã chọn hôm nay đã được nhắc, không còn im lặng, hoặc chưa có địa chỉ thư.
remind-done = Đã gửi { $mails } thư nhắc tới { $schools } trường.
remind-mail-subject = Đợt “{ $round }”: { $school }
remind-mail-text =
    Kính gửi { $school },

    Đợt “{ $round }” nhận phiếu đến { $closes }. Gần đây chưa có thêm phiếu về trường.

    Xin nhà trường kiểm tra mã QR đã được treo và gửi đến người được hỏi chưa, và thông báo lại rằng việc trả lời là tự nguyện, ẩn danh. Xin không hỏi ai đã trả lời, không thu ảnh chụp màn hình, không gợi ý chọn mức nào.

    Liên hệ: { $contact }

    { $url }
